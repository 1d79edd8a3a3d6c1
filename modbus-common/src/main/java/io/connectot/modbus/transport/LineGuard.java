// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.core.spi.ProtocolException;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.ConnectionClosedException;
import io.connectot.modbus.transport.frame.ModbusExceptionResponse;
import io.connectot.modbus.transport.frame.Request;
import io.connectot.modbus.transport.frame.ResponseShape;
import io.connectot.modbus.transport.frame.WriteRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes responses to another master. A serial device server sends every byte of its line to
 * every client, and RTU and ASCII frames carry no transaction identifier, so that a response to
 * another master can look like the one to the own request.
 *
 * <ul>
 *   <li>A response is believed when nothing else arrived on the line until any other response would
 *       have come: where the server queues requests, the own response comes too.
 *   <li>As long as no other bytes were ever heard, the responses of a scan are confirmed together,
 *       at its end. Afterwards every response is confirmed by itself.
 *   <li>In the first seconds, a request is sent until two responses in a row have the same data: a
 *       master that polls seldom was not heard yet. Where values change with every request, the
 *       guard listens for the rest of these seconds instead.
 *   <li>Where another master receives responses of the same unit, function and length, a server
 *       that drops requests while it is busy can replace the own response. Such a request is sent
 *       until {@value #REPETITIONS} responses in a row have the same data.
 *   <li>Requests keep random distances, so that the masters do not stay in step.
 * </ul>
 *
 * For the owner's thread, except {@link #release}.
 */
final class LineGuard {
  static final String FOREIGN =
      "responses that were not requested arrive on this line, of another master or too late";

  static final int REPETITIONS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LineGuard.class);
  private static final int ATTEMPTS = 12;

  /** How often a request is repeated before its values are taken to change all the time. */
  private static final int UNTIL_EQUAL = 5;

  /** Fewer bytes than this are noise: the shortest frame has four. */
  static final int SHORTEST_FRAME = 4;

  /** Data loggers poll every quarter of an hour, or every hour. */
  private static final Duration SHARED_FOR = Duration.ofHours(24);

  /** How long every response is confirmed by a second one after the first request. */
  private static final Duration OBSERVED_FOR = Duration.ofSeconds(10);

  private static final long SHORTEST_SILENCE_NANOS = 30_000_000;
  private static final long LONGEST_FIRST_LISTENING_NANOS = 1_000_000_000;

  /** By how much a response may be slower than those before. */
  private static final int MARGIN = 3;

  private final RequestSender sender;
  private final Optional<LineLock> lock;
  private final long requestTimeoutNanos;
  private final Clock clock;
  private final DoubleSupplier random;

  /** The slowest confirmed response of each unit, slowly forgotten. */
  private final Map<Integer, Long> slowest = new HashMap<>();

  /** The slowest response of each unit that waits for {@link #confirm}. */
  private final Map<Integer, Long> unconfirmed = new HashMap<>();

  /** Responses to other masters, each until a time. */
  private final Map<ResponseShape, Long> foreignShapes = new HashMap<>();

  /** Whether a response since the last {@link #confirm} may be another master's. */
  private boolean doubtful;

  /** Whether other bytes were heard and {@link #sharedUntilTick} has not passed. */
  private boolean shared;

  private long sharedUntilTick;

  /** Whether no request was sent since the last {@link #confirm}. */
  private boolean first = true;

  /** Whether it listened before the first request. */
  private boolean listened;

  /** Until when a master that polls seldom may not have been heard. */
  private long observedTick;

  /**
   * @param lock of the line; empty on a connection or line that no other master uses
   * @param random yields numbers from 0 inclusive to 1 exclusive
   */
  LineGuard(
      RequestSender sender,
      Optional<LineLock> lock,
      Duration requestTimeout,
      Clock clock,
      DoubleSupplier random) {
    this.sender = sender;
    this.lock = lock;
    this.requestTimeoutNanos = requestTimeout.toNanos();
    this.clock = clock;
    this.random = random;
  }

  /** Either the data of a response or an exception response. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Response(byte[] data, ModbusExceptionResponse exception) {
    byte[] get() throws ModbusExceptionResponse {
      if (exception != null) {
        throw exception;
      }
      return data;
    }

    boolean isEqual(Response other) {
      return other != null
          && Arrays.equals(data, other.data)
          && (exception == null || exception.code().equals(other.exception.code()));
    }
  }

  /** Sends a request; what it returns is certain after {@link #confirm}. */
  byte[] send(Request request, CloseGuard.Call call)
      throws ModbusExceptionResponse, ProtocolException, ConnectionClosedException {
    if (lock.isEmpty()) {
      return sender.send(request, call);
    }
    try {
      return sendGuarded(request, call);
    } catch (ProtocolException | ConnectionClosedException e) {
      release();
      throw e;
    }
  }

  /**
   * Sends a write once; its response names what was written.
   *
   * @throws ProtocolException when nothing was sent
   * @throws UnansweredWriteException when it was sent, and not answered properly
   */
  void write(WriteRequest request, CloseGuard.Call call)
      throws ModbusExceptionResponse,
          ProtocolException,
          ConnectionClosedException,
          UnansweredWriteException {
    if (lock.isEmpty()) {
      sender.write(request, call);
      return;
    }
    try {
      if (lock.get().acquire(this, call)) {
        sender.listen(Duration.ofMillis(1), call);
        sender.resetStrayBytes();
      }
      if (isShared()) {
        awaitSilence(silenceNanos(request.unit()), call);
      }
      sender.write(request, call);
    } finally {
      heardOthers();
      release();
    }
  }

  private byte[] sendGuarded(Request request, CloseGuard.Call call)
      throws ModbusExceptionResponse, ProtocolException, ConnectionClosedException {
    if (first) {
      pause(request.unit(), call);
    }
    if (lock.get().acquire(this, call)) {
      // Responses to other connections of this process are no reason for doubt.
      sender.listen(Duration.ofMillis(1), call);
      sender.resetStrayBytes();
    }
    first = false;
    if (!listened) {
      // Most masters poll every second or more often, and so are heard before the first request.
      sender.connect(call);
      sender.listen(Duration.ofNanos(firstListeningNanos()), call);
      heardOthers();
      listened = true;
      observedTick = clock.tick() + OBSERVED_FOR.toNanos();
    }
    if (!isShared()) {
      Response response = observed() ? single(request, call) : repeated(request, call);
      if (response != null) {
        unconfirmed.merge(request.unit(), sender.lastLatencyNanos(), Math::max);
        return response.get();
      }
    }
    return sendAlone(request, call);
  }

  /** Whether the line was listened to for so long that other masters were heard. */
  private boolean observed() {
    return observedTick - clock.tick() <= 0;
  }

  /** The response to a request; null when others are heard. */
  private Response single(Request request, CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    Response response = exchange(request, call);
    return heardOthers() ? null : response;
  }

  /**
   * Repeats a request until two responses in a row have the same data; null when others are heard.
   * A rejection is not a value. Values that change between any two requests are read after the line
   * was listened to.
   */
  private Response repeated(Request request, CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    Response before = null;
    for (int attempt = 0; attempt < UNTIL_EQUAL; attempt++) {
      if (attempt > 0) {
        // Another master may send several requests in a row.
        double longest = MARGIN * sender.lastLatencyNanos();
        call.sleep(Duration.ofNanos((long) (random.getAsDouble() * longest)));
      }
      Response response = single(request, call);
      if (response == null || response.exception() != null || response.isEqual(before)) {
        return response;
      }
      before = response;
    }
    sender.listen(Duration.ofNanos(Math.max(0, observedTick - clock.tick())), call);
    return heardOthers() ? null : single(request, call);
  }

  /** Repeats a request until its response is the only one on the line. */
  private byte[] sendAlone(Request request, CloseGuard.Call call)
      throws ModbusExceptionResponse, ProtocolException, ConnectionClosedException {
    Response before = null;
    int equal = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        pause(request.unit(), call);
      }
      long silence = silenceNanos(request.unit());
      awaitSilence(silence, call);
      Response response = exchange(request, call);
      long latency = sender.lastLatencyNanos();
      if (heardOthers()) {
        continue;
      }
      long rest = Math.min(requestTimeoutNanos, Math.max(silence, MARGIN * latency));
      sender.listen(Duration.ofNanos(rest), call);
      if (heardOthers()) {
        continue;
      }
      equal = response.isEqual(before) ? equal + 1 : 1;
      before = response;
      if (!isForeign(request) || equal == REPETITIONS) {
        confirmed(request.unit(), latency);
        return response.get();
      }
    }
    throw sender.doubt(request);
  }

  /** Keeps masters that poll at the same instants apart. */
  private void pause(int unit, CloseGuard.Call call) throws ConnectionClosedException {
    Long known = slowest.get(unit);
    long longest = known == null ? firstListeningNanos() : MARGIN * known;
    call.sleep(Duration.ofNanos((long) (random.getAsDouble() * longest)));
  }

  private long firstListeningNanos() {
    return Math.min(requestTimeoutNanos, LONGEST_FIRST_LISTENING_NANOS);
  }

  private Response exchange(Request request, CloseGuard.Call call)
      throws ProtocolException, ConnectionClosedException {
    try {
      return new Response(sender.send(request, call), null);
    } catch (ModbusExceptionResponse e) {
      return new Response(null, e);
    } catch (ProtocolException e) {
      heardOthers();
      throw e;
    }
  }

  /** Waits until the line is silent, but not for ever. */
  private void awaitSilence(long silence, CloseGuard.Call call) throws ConnectionClosedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      sender.listen(Duration.ofNanos(silence), call);
      if (!heardOthers()) {
        return;
      }
    }
  }

  /**
   * Waits until no other response can come to the requests since the last call.
   *
   * @return whether their responses are certain
   */
  boolean confirm(CloseGuard.Call call) throws ConnectionClosedException {
    try {
      boolean certain = !doubtful;
      if (certain && !unconfirmed.isEmpty()) {
        sender.listen(Duration.ofNanos(longestSilence()), call);
        certain = !heardOthers();
      }
      if (certain) {
        unconfirmed.forEach(this::confirmed);
      }
      return certain;
    } finally {
      unconfirmed.clear();
      doubtful = false;
      first = true;
      release();
    }
  }

  private long longestSilence() {
    long silence = 0;
    for (Map.Entry<Integer, Long> unit : unconfirmed.entrySet()) {
      silence = Math.max(silence, MARGIN * unit.getValue());
      silence = Math.max(silence, silenceNanos(unit.getKey()));
    }
    return Math.min(silence, requestTimeoutNanos);
  }

  /** Whether other bytes than responses came since the last call; then the line is shared. */
  private boolean heardOthers() {
    boolean heard = sender.strayBytes() >= SHORTEST_FRAME;
    if (heard) {
      doubtful |= !unconfirmed.isEmpty();
      if (!isShared()) {
        LOG.warn(
            "{}: {}; every response is now confirmed by silence, which takes longer",
            sender.endpoint(),
            FOREIGN);
      }
      shared = true;
      sharedUntilTick = clock.tick() + SHARED_FOR.toNanos();
      sender.strayResponses().forEach(shape -> foreignShapes.put(shape, sharedUntilTick));
    }
    sender.resetStrayBytes();
    return heard;
  }

  private boolean isShared() {
    shared &= sharedUntilTick - clock.tick() > 0;
    return shared;
  }

  private boolean isForeign(Request request) {
    Long until = foreignShapes.get(request.shape());
    return until != null && until - clock.tick() > 0;
  }

  private void confirmed(int unit, long latency) {
    slowest.merge(unit, latency, (before, now) -> Math.max(before - before / 16, now));
  }

  /** The time in which an outstanding response of the unit arrives. */
  private long silenceNanos(int unit) {
    Long known = slowest.get(unit);
    return known == null
        ? requestTimeoutNanos
        : Math.min(requestTimeoutNanos, Math.max(SHORTEST_SILENCE_NANOS, MARGIN * known));
  }

  /** Frees the line for other connections of this process. Any thread. */
  void release() {
    lock.ifPresent(line -> line.release(this));
  }
}
