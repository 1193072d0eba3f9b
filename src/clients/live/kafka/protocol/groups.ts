import type { GroupListing, GroupMember } from "../../../kafka.ts";
import type { NamedAnswer, Request } from "./request.ts";
import { Reader } from "./wire.ts";

interface Listed {
  readonly code: number;
  readonly groups: readonly GroupListing[];
}

/** The groups that a broker coordinates. Version 5 tells their protocol; before it all were classic. */
export const listGroups: Request<null, Listed> = {
  key: 16,
  name: "ListGroups",
  versions: [4, 5],
  flexibleFrom: 3,
  since: "2.6",
  write(out, _, version) {
    out.strings([]); // states_filter
    if (version >= 5) out.strings([]); // types_filter
    out.end();
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const code = from.int16();
    const groups = from.array(() => {
      const group = from.text();
      from.skipString(); // protocol_type
      const state = from.text();
      const protocol = version >= 5 ? protocolOf(from.text()) : "classic";
      from.end();
      return { group, protocol, state } as const;
    });
    from.end();
    return { code, groups };
  },
};

function protocolOf(type: string): GroupListing["protocol"] {
  const name = type.toLowerCase();
  switch (name) {
    case "classic":
    case "consumer":
    case "share":
    case "streams":
      return name;
    default:
      return "unknown";
  }
}

interface Coordinator extends NamedAnswer {
  readonly broker: number;
}

/** The brokers that coordinate groups. Version 4 is the first that takes several. */
export const findCoordinators: Request<readonly string[], readonly Coordinator[]> = {
  key: 10,
  name: "FindCoordinator",
  versions: [4, 4],
  flexibleFrom: 3,
  since: "3.0",
  write(out, groups) {
    out.int8(0); // key_type: groups
    out.strings(groups);
    out.end();
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const coordinators = from.array(() => {
      const name = from.text();
      const broker = from.int32();
      from.skipString(); // host
      from.int32(); // port
      const code = from.int16();
      const message = from.string();
      from.end();
      return { name, broker, code, message };
    });
    from.end();
    return coordinators;
  },
};

interface Described extends NamedAnswer {
  readonly state: string;
  readonly members: readonly GroupMember[];
}

/** Groups of the classic protocol. Any other is answered as if it weren't there: `Dead`, or code 69 since 4.0. */
export const describeClassicGroups: Request<readonly string[], readonly Described[]> = {
  key: 15,
  name: "DescribeGroups",
  versions: [3, 6],
  flexibleFrom: 5,
  since: "2.3",
  write(out, groups) {
    out.strings(groups);
    out.boolean(false); // include_authorized_operations
    out.end();
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const groups = from.array(() => {
      const code = from.int16();
      const message = version >= 6 ? from.string() : null;
      const name = from.text();
      const state = from.text();
      from.skipString(); // protocol_type
      from.skipString(); // protocol_data
      const members = from.array(() => {
        from.skipString(); // member_id
        if (version >= 4) from.skipString(); // group_instance_id
        const clientId = from.text();
        const host = from.text();
        from.bytes(); // member_metadata
        const topics = assignedTopics(from.bytes());
        from.end();
        return { clientId, host, topics };
      });
      from.int32(); // authorized_operations
      from.end();
      return { name, code, message, state, members };
    });
    from.end();
    return groups;
  },
};

/** The consumer protocol's assignment: a version, then partitions by topic. Connect and others have their own. */
function assignedTopics(assignment: Buffer): readonly string[] {
  if (assignment.length === 0) return [];
  try {
    const from = new Reader(assignment, false);
    from.int16(); // version
    return from.array(() => {
      const topic = from.text();
      from.int32s(); // partitions
      return topic;
    });
  } catch {
    return [];
  }
}

/** Groups of the consumer protocol (KIP-848); any other is code 69. */
export const describeConsumerGroups: Request<readonly string[], readonly Described[]> = {
  key: 69,
  name: "ConsumerGroupDescribe",
  versions: [0, 1],
  flexibleFrom: 0,
  since: "3.7",
  write(out, groups) {
    out.strings(groups);
    out.boolean(false); // include_authorized_operations
    out.end();
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const groups = from.array(() => {
      const code = from.int16();
      const message = from.string();
      const name = from.text();
      const state = from.text();
      from.int32(); // group_epoch
      from.int32(); // assignment_epoch
      from.skipString(); // assignor_name
      const members = from.array(() => {
        from.skipString(); // member_id
        from.skipString(); // instance_id
        from.skipString(); // rack_id
        from.int32(); // member_epoch
        const clientId = from.text();
        const host = from.text();
        from.array(() => from.skipString()); // subscribed_topic_names
        from.skipString(); // subscribed_topic_regex
        const topics = assignment(from);
        assignment(from); // target_assignment
        if (version >= 1) from.int8(); // member_type
        from.end();
        return { clientId, host, topics };
      });
      from.int32(); // authorized_operations
      from.end();
      return { name, code, message, state, members };
    });
    from.end();
    return groups;
  },
};

function assignment(from: Reader): readonly string[] {
  const topics = from.array(() => {
    from.uuid();
    const topic = from.text();
    from.int32s(); // partitions
    from.end();
    return topic;
  });
  from.end();
  return topics;
}

export const deleteGroups: Request<readonly string[], readonly NamedAnswer[]> = {
  key: 42,
  name: "DeleteGroups",
  versions: [1, 1],
  flexibleFrom: 2,
  since: "2.0",
  write(out, groups) {
    out.strings(groups);
  },
  read(from) {
    from.int32(); // throttle_time_ms
    return from.array(() => ({ name: from.text(), code: from.int16(), message: null }));
  },
};
