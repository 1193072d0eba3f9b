/** Undefined once a worker has joined its group and serves requests, otherwise what is missing. */
export async function probeWorker(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    return response.ok ? undefined : `GET /health answers ${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return `GET ${url}/health: ${error instanceof Error ? error.message : String(error)}`;
  }
}
