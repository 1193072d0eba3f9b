import Decoder from "kafkajs/src/protocol/decoder.js";
import Encoder from "kafkajs/src/protocol/encoder.js";

/**
 * Writes the fields of a request. A version is either flexible (KIP-482: compact lengths and tagged fields)
 * or not, all through; with that known, one description of a request serves both.
 */
export class Writer {
  readonly encoder = new Encoder();
  readonly #flexible: boolean;

  constructor(flexible: boolean) {
    this.#flexible = flexible;
  }

  int8(value: number): void {
    this.encoder.writeInt8(value);
  }

  int16(value: number): void {
    this.encoder.writeInt16(value);
  }

  int32(value: number): void {
    this.encoder.writeInt32(value);
  }

  int64(value: bigint): void {
    this.encoder.writeInt64(value);
  }

  boolean(value: boolean): void {
    this.encoder.writeBoolean(value);
  }

  string(value: string | null): void {
    if (this.#flexible) this.encoder.writeUVarIntString(value);
    else this.encoder.writeString(value);
  }

  /** null and the empty array differ: null often means all. */
  array<T>(items: readonly T[] | null, write: (item: T) => void): void {
    if (this.#flexible) this.encoder.writeUVarInt(items === null ? 0 : items.length + 1);
    else this.encoder.writeInt32(items === null ? -1 : items.length);
    for (const item of items ?? []) write(item);
  }

  strings(items: readonly string[] | null): void {
    this.array(items, (item) => this.string(item));
  }

  int32s(items: readonly number[] | null): void {
    this.array(items, (item) => this.int32(item));
  }

  /** Ends a structure: kpipe sends no tagged fields. */
  end(): void {
    if (this.#flexible) this.encoder.writeUVarInt(0);
  }
}

/** An answer that does not have the shape that its version promises. */
export class MalformedAnswer extends Error {}

/** Reads the fields of a response; throws MalformedAnswer or a RangeError on bytes that can't be one. */
export class Reader {
  readonly #decoder: Decoder;
  readonly #flexible: boolean;

  constructor(bytes: Buffer, flexible: boolean) {
    this.#decoder = new Decoder(bytes);
    this.#flexible = flexible;
  }

  int8(): number {
    return this.#decoder.readInt8();
  }

  int16(): number {
    return this.#decoder.readInt16();
  }

  int32(): number {
    return this.#decoder.readInt32();
  }

  int64(): bigint {
    this.#need(8);
    return this.#decoder.readInt64();
  }

  boolean(): boolean {
    return this.#decoder.readBoolean();
  }

  string(): string | null {
    const length = this.#stringLength();
    if (length === undefined) return null;
    const start = this.#pass(length);
    return this.#decoder.buffer.toString("utf8", start, start + length);
  }

  /** A string that the protocol never leaves null. */
  text(): string {
    return this.string() ?? "";
  }

  /** Passes over a string without decoding it, which is where the time of a large answer goes. */
  skipString(): void {
    this.#pass(this.#stringLength() ?? 0);
  }

  /** Here, to come back to with `textAt`. */
  mark(): number {
    return this.#decoder.offset;
  }

  /** The string that starts at a mark; reading goes on where it was. */
  textAt(mark: number): string | null {
    const here = this.#decoder.offset;
    this.#decoder.offset = mark;
    const value = this.string();
    this.#decoder.offset = here;
    return value;
  }

  /** The bytes of a BYTES field; empty where null. */
  bytes(): Buffer {
    const length = Math.max(0, this.#length());
    const start = this.#pass(length);
    return this.#decoder.buffer.subarray(start, start + length);
  }

  /** Elements in order; empty where the answer has null. */
  array<T>(read: () => T): T[] {
    const length = this.#length();
    // No element is smaller than a byte; without this a hostile length would reserve gigabytes.
    this.#need(length);
    const items: T[] = [];
    for (let index = 0; index < length; index += 1) items.push(read());
    return items;
  }

  int32s(): number[] {
    return this.array(() => this.int32());
  }

  uuid(): void {
    this.#pass(16);
  }

  /** Ends a structure: passes over tagged fields. */
  end(): void {
    if (!this.#flexible) return;
    for (let left = this.#varint(); left > 0; left -= 1) {
      this.#varint();
      this.#pass(this.#varint());
    }
  }

  /** Of an array or of bytes; negative where they are null. */
  #length(): number {
    return this.#flexible ? this.#varint() - 1 : this.#decoder.readInt32();
  }

  /** Undefined where the string is null. */
  #stringLength(): number | undefined {
    const length = this.#flexible ? this.#varint() - 1 : this.#decoder.readInt16();
    // Any other negative length would lead back, and what repeats could be read again without end.
    if (length < -1) throw new MalformedAnswer(`a string has the length ${length}`);
    return length === -1 ? undefined : length;
  }

  #varint(): number {
    const value = this.#decoder.readUVarInt();
    this.#need(0);
    return value;
  }

  /** Passes over so many bytes; where they start. */
  #pass(length: number): number {
    this.#need(length);
    const { offset } = this.#decoder;
    this.#decoder.forward(length);
    return offset;
  }

  /** kafkajs' decoder reads varints past the end as if they were 0, which would never end a loop. */
  #need(length: number): void {
    const { buffer, offset } = this.#decoder;
    if (offset + length > buffer.length) throw new MalformedAnswer("the answer is shorter than it says");
  }
}
