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
    LiveTransaction transaction = new LiveTransaction(request, framing, output);
    try {
      transaction.sendHeldBack();
      SimulatedUnit unit = units.get(request.unit());
      if (unit != null) {
        transaction.response = unit.answer(request);
        faultFor(request).answer(transaction);
      }
    } finally {
      transaction.end();
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

  /** For the thread that answers, but for what is sent later. */
  private final class LiveTransaction implements ServerTransaction {
    private final ReceivedRequest request;
    private final ServerFraming framing;
    private final ResponseOutput output;
    private boolean ended;

    /** Set before a fault sees this. */
    private ServerResponse response;

    LiveTransaction(ReceivedRequest request, ServerFraming framing, ResponseOutput output) {
      this.request = request;
      this.framing = framing;
      this.output = output;
    }

    /** Before anything leaves by which the peer may know that it can ask the next. */
    void end() {
      if (!ended) {
        ended = true;
        counters.answered();
      }
    }

    void sendHeldBack() throws IOException {
      synchronized (heldBack) {
        while (!heldBack.isEmpty()) {
          end();
          output.write(heldBack.remove());
        }
      }
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
      end();
      output.write(framing.write(any));
    }

    @Override
    public void sendRaw(byte[] bytes) throws IOException {
      end();
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
      end();
      output.close();
    }
  }
}
