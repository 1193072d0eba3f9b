import { backoff, type Deadline, deadlineIn } from "./deadline.ts";
import type { ConnectionFacts } from "./diagnosis.ts";
import { addressOf, type Endpoint, type Link, type LinkSettings } from "./link.ts";
import { openLinks } from "./links.ts";
import { type Metadata, metadata } from "./protocol/metadata.ts";
import type { Request } from "./protocol/request.ts";
import { KafkaTrouble, mayPass } from "./trouble.ts";

export interface SessionSettings extends LinkSettings {
  readonly facts: ConnectionFacts;
  readonly bootstrap: readonly Endpoint[];
  /** Any other cluster is an error before anything else is asked. */
  readonly clusterId: string | undefined;
  /** Called for every request but the handshakes. */
  readonly onRequest: ((request: SentRequest) => void) | undefined;
}

export interface SentRequest {
  readonly name: string;
  /** `host:port` of the broker. */
  readonly address: string;
}

/** One try of a request at one broker. */
export type Send = <Args, Answer>(
  request: Request<Args, Answer>,
  args: Args,
  deadline: Deadline,
) => Promise<Answer>;

/** Connections to the brokers of one cluster: opened when needed, and again when they break. */
export interface Session {
  readonly facts: ConnectionFacts;
  /** Aborts when the session is closed. */
  readonly signal: AbortSignal;
  /** The end of a new step. */
  deadline(): Deadline;
  /** The cluster as last seen. */
  cluster(deadline: Deadline): Promise<Metadata>;
  /** Asks again who the brokers and the controller are. */
  refresh(deadline: Deadline): Promise<Metadata>;
  /** One try at the same broker as ever, as long as it answers: what was seen once is seen again. */
  readonly any: Send;
  /** One try at the controller. */
  readonly controller: Send;
  /** One try at the broker with an id. */
  broker(id: number): Send;
  /**
   * Does `work` again while it throws what may pass, until the deadline. A cluster that was never reached isn't
   * waited for: that it is down is told at once.
   */
  persist<T>(deadline: Deadline, work: () => Promise<T>, onLost?: () => void): Promise<T>;
  /** Whether the connected broker speaks one of a request's versions. */
  offers(request: Pick<Request<never, unknown>, "key" | "versions">, deadline: Deadline): Promise<boolean>;
  close(): void;
}

/** Connects when the first request is made. */
export function openSession(settings: SessionSettings): Session {
  const closing = new AbortController();
  const { signal } = closing;
  const links = openLinks(settings, signal);
  let home: { readonly opening: Promise<Link>; link?: Link } | undefined;
  let known: Metadata | undefined;

  const sendTo = (link: Link): Send => {
    return (request, args, deadline) => {
      settings.onRequest?.({ name: request.name, address: link.address });
      return link.send(request, args, deadline);
    };
  };

  async function openHome(deadline: Deadline): Promise<Link> {
    const places = [...settings.bootstrap, ...(known?.brokers ?? [])];
    const distinct = new Map(places.map((endpoint) => [addressOf(endpoint), endpoint]));
    const link = await links.first([...distinct.values()], deadline);
    const found = await sendTo(link)(metadata, [], deadline);
    const { clusterId: expected } = settings;
    if (expected !== undefined && found.clusterId !== expected)
      throw new KafkaTrouble(
        { type: "wrong-cluster", expected, found: found.clusterId ?? "none" },
        link.address,
      );
    known = found;
    return link;
  }

  /** The broker that answers whatever any broker can answer. */
  function atHome(deadline: Deadline): Promise<Link> {
    if (home !== undefined && (home.link?.alive() ?? true)) return home.opening;
    const opened: typeof home = { opening: openHome(deadline) };
    home = opened;
    opened.opening.then(
      (link) => {
        opened.link = link;
      },
      () => {
        if (home === opened) home = undefined;
      },
    );
    return opened.opening;
  }

  const any: Send = async (request, args, deadline) =>
    sendTo(await atHome(deadline))(request, args, deadline);

  async function refresh(deadline: Deadline): Promise<Metadata> {
    known = await any(metadata, [], deadline);
    return known;
  }

  async function cluster(deadline: Deadline): Promise<Metadata> {
    await atHome(deadline);
    return known ?? refresh(deadline);
  }

  function broker(id: number | undefined): Send {
    return async (request, args, deadline) => {
      const find = ({ brokers, controllerId }: Metadata) =>
        brokers.find((it) => it.id === (id ?? controllerId));
      const found = find(await cluster(deadline)) ?? find(await refresh(deadline));
      if (found === undefined)
        throw new KafkaTrouble({ type: "absent", broker: id }, (await atHome(deadline)).address);
      return sendTo(await links.to(found, deadline))(request, args, deadline);
    };
  }

  return {
    facts: settings.facts,
    signal,
    deadline: () => deadlineIn(settings.timeoutMs),
    cluster,
    refresh,
    any,
    controller: broker(undefined),
    broker,
    persist: async (deadline, work, onLost) => {
      const pause = backoff(deadline, signal);
      let first: KafkaTrouble | undefined;
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof KafkaTrouble)) throw error;
          first ??= error;
          const wait = known !== undefined && mayPass(error.trouble);
          if (!wait || !(await pause())) throw followed(first, error);
          onLost?.();
        }
      }
    },
    offers: async (request, deadline) => (await atHome(deadline)).version(request) !== undefined,
    close: () => {
      closing.abort(new Error("closed"));
      links.close();
    },
  };
}

/** What began it says more than what trying again met: a broker that broke off and is refused since. */
function followed(first: KafkaTrouble, last: KafkaTrouble): KafkaTrouble {
  if (first === last || first.trouble.type !== "lost") return last;
  return new KafkaTrouble({ ...first.trouble, after: last.trouble }, first.address, last);
}
