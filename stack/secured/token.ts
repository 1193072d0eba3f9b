/** An unsecured JWS (RFC 7515, algorithm `none`), as the secured Kafka takes it for OAUTHBEARER. */
export function unsecuredToken(user: string, lifetimeSeconds = 3600): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: user, iat: now, exp: now + lifetimeSeconds };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.`;
}
