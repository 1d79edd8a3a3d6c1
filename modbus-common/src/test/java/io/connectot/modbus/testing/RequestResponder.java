// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers requests out of the units' memory, with the faults that are asked for. Thread-safe. */
final class RequestResponder implements AutoCloseable {
  private final Map<Integer, SimulatedUnit> units = new ConcurrentHashMap<>();
  private final ServerCounters counters = new ServerCounters();
  private final Queue<ServerFault> next = new ConcurrentLinkedQueue<>();
  private final Map<Integer, ServerFault> unitFaults = new ConcurrentHashMap<>();
  private final Queue<byte[]> heldBack = new ArrayDeque<>(); // guarded by itself
  private final ScheduledExecutorService late =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulated-modbus-late");
            thread.setDaemon(true);
            return thread;
          });
  private volatile ServerFault fault = ServerFault.NONE;

  /** The output of the last request: where late responses of a serial device server go. */
  private volatile ResponseOutput newest;

  Map<Integer, SimulatedUnit> units() {
    return units;
  }

  ServerCounters counters() {
    return counters;
  }

  void fault(ServerFault newFault) {
    next.clear();
    unitFaults.clear();
    fault = newFault;
  }

  void fault(int unit, ServerFault newFault) {
    unitFaults.put(unit, newFault);
  }

  void next(int count, ServerFault newFault) {
    for (int i = 0; i < count; i++) {
      next.add(newFault);
    }
  }

  /** Answers one request into {@code output}, or does to it what a fault says. */
  void answer(ReceivedRequest request, ServerFraming framing, ResponseOutput output)
      throws IOException {
    newest = output;
    counters.received(request);
    try {
      synchronized (heldBack) {
        while (!heldBack.isEmpty()) {
          output.write(heldBack.remove());
        }
      }
      SimulatedUnit unit = units.get(request.unit());
      if (unit != null) {
        faultFor(request)
            .answer(new LiveTransaction(request, unit.answer(request), framing, output));
      }
    } finally {
      counters.answered();
    }
  }

  private ServerFault faultFor(ReceivedRequest request) {
    ServerFault scripted = next.poll();
    return scripted != null ? scripted : unitFaults.getOrDefault(request.unit(), fault);
  }

  @Override
  public void close() {
    late.shutdownNow();
  }

  private final class LiveTransaction implements ServerTransaction {
    private final ReceivedRequest request;
    private final ServerResponse response;
    private final ServerFraming framing;
    private final ResponseOutput output;

    LiveTransaction(
        ReceivedRequest request,
        ServerResponse response,
        ServerFraming framing,
        ResponseOutput output) {
      this.request = request;
      this.response = response;
      this.framing = framing;
      this.output = output;
    }

    @Override
    public ReceivedRequest request() {
      return request;
    }

    @Override
    public ServerResponse response() {
      return response;
    }

    @Override
    public byte[] encode(ServerResponse any) {
      return framing.write(any);
    }

    @Override
    public void send(ServerResponse any) throws IOException {
      output.write(framing.write(any));
    }

    @Override
    public void sendRaw(byte[] bytes) throws IOException {
      output.write(bytes);
    }

    @Override
    public void sendLater(ServerResponse any, Duration delay) {
      var unused = late.schedule(() -> sendLate(any), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendLate(ServerResponse any) {
      try {
        newest.write(framing.write(any));
      } catch (IOException e) {
        // Nobody is there any more to hear it.
      }
    }

    @Override
    public void sendBeforeNext(ServerResponse any) {
      synchronized (heldBack) {
        heldBack.add(framing.write(any));
      }
    }

    @Override
    public void disconnect() throws IOException {
      output.close();
    }
  }
}
