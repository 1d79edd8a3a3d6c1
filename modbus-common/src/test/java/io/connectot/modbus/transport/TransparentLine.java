// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.connectot.modbus.testing.ServerFraming;
import io.connectot.modbus.testing.ServerResponse;
import io.connectot.modbus.transport.frame.ByteStream;
import io.connectot.modbus.transport.frame.IoDeadline;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A serial device server that takes the requests of all its clients and sends every response to all
 * of them. Every unit has the value n in register n. For threads that take turns, see {@link
 * VirtualTime}.
 */
final class TransparentLine {
  private final VirtualTime time;
  private final ServerFraming framing;
  private final boolean dropsWhileBusy;
  private final Random random;
  private final List<Client> clients = new ArrayList<>();
  private boolean changing;
  private long requests;
  private long busyUntil;

  /**
   * @param dropsWhileBusy whether it drops requests before the last one is answered
   */
  TransparentLine(VirtualTime time, ServerFraming framing, boolean dropsWhileBusy, long seed) {
    this.time = time;
    this.dropsWhileBusy = dropsWhileBusy;
    this.framing = framing;
    this.random = new Random(seed);
  }

  /** The first register of every response counts the requests. */
  TransparentLine changing() {
    changing = true;
    return this;
  }

  /** A client, connected at once. */
  ByteStream newClient() {
    Client client = new Client();
    clients.add(client);
    return client;
  }

  /** From 5 to 40 ms, and for one request in a hundred up to 70. */
  private long responseTime() {
    int longest = random.nextInt(100) == 0 ? 65 : 35;
    return Duration.ofMillis(5).toNanos()
        + (long) (random.nextDouble() * Duration.ofMillis(longest).toNanos());
  }

  private void request(byte[] frame) {
    if (dropsWhileBusy && busyUntil > time.now()) {
      return;
    }
    busyUntil = Math.max(busyUntil, time.now()) + responseTime();
    byte[] adu =
        framing == ServerFraming.ASCII
            ? HexFormat.of().parseHex(new String(frame, 1, frame.length - 3, US_ASCII))
            : frame;
    int start = (adu[2] & 0xFF) << 8 | (adu[3] & 0xFF);
    int quantity = adu[5] & 0xFF;
    byte[] body = new byte[1 + 2 * quantity];
    body[0] = (byte) (2 * quantity);
    for (int i = 0; i < quantity; i++) {
      body[1 + 2 * i] = (byte) ((start + i) >> 8);
      body[2 + 2 * i] = (byte) (start + i);
    }
    requests++;
    if (changing) {
      body[1] = (byte) (requests >> 8);
      body[2] = (byte) requests;
    }
    byte[] response = framing.write(new ServerResponse(0, 0, adu[0] & 0xFF, adu[1] & 0xFF, body));
    clients.forEach(client -> client.incoming.add(new Chunk(busyUntil, response)));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(long tick, byte[] bytes) {}

  private final class Client implements ByteStream {
    private final Deque<Chunk> incoming = new ArrayDeque<>();

    @Override
    public void send(byte[] bytes, IoDeadline deadline) {
      request(bytes);
    }

    @Override
    public int read(byte[] target, int offset, int longest, IoDeadline deadline)
        throws SocketTimeoutException {
      long end = time.now() + Duration.ofMillis(deadline.remainingMillis()).toNanos();
      time.waitUntil(() -> incoming.isEmpty() ? end : Math.min(end, incoming.peek().tick()));
      Chunk chunk = incoming.peek();
      if (chunk == null || chunk.tick() > time.now()) {
        throw new SocketTimeoutException();
      }
      incoming.remove();
      int count = Math.min(longest, chunk.bytes().length);
      System.arraycopy(chunk.bytes(), 0, target, offset, count);
      if (count < chunk.bytes().length) {
        byte[] rest = Arrays.copyOfRange(chunk.bytes(), count, chunk.bytes().length);
        incoming.addFirst(new Chunk(chunk.tick(), rest));
      }
      return count;
    }

    @Override
    public int available() {
      return incoming.isEmpty() || incoming.peek().tick() > time.now()
          ? 0
          : incoming.peek().bytes().length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      incoming.clear();
      clients.remove(this);
    }
  }
}
