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
final class Answers implements AutoCloseable {
  private final Map<Integer, SimulatedUnit> units = new ConcurrentHashMap<>();
  private final ServerCounters counters = new ServerCounters();
  private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Fault> unitFaults = new ConcurrentHashMap<>();
  private final Queue<byte[]> heldBack = new ArrayDeque<>(); // guarded by itself
  private final ScheduledExecutorService late =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulated-modbus-late");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Fault fault = Fault.NONE;

  /** The outlet of the last request: where late replies of a serial device server go. */
  private volatile Outlet newest;

  Map<Integer, SimulatedUnit> units() {
    return units;
  }

  ServerCounters counters() {
    return counters;
  }

  void fault(Fault newFault) {
    next.clear();
    unitFaults.clear();
    fault = newFault;
  }

  void fault(int unit, Fault newFault) {
    unitFaults.put(unit, newFault);
  }

  void next(int count, Fault newFault) {
    for (int i = 0; i < count; i++) {
      next.add(newFault);
    }
  }

  /** Answers one request into {@code outlet}, or does to it what a fault says. */
  void answer(Request request, Wire wire, Outlet outlet) throws IOException {
    newest = outlet;
    counters.received(request);
    LiveExchange exchange = new LiveExchange(request, wire, outlet);
    try {
      exchange.sendHeldBack();
      SimulatedUnit unit = units.get(request.unit());
      if (unit != null) {
        exchange.reply = unit.answer(request);
        faultFor(request).answer(exchange);
      }
    } finally {
      exchange.end();
    }
  }

  private Fault faultFor(Request request) {
    Fault scripted = next.poll();
    return scripted != null ? scripted : unitFaults.getOrDefault(request.unit(), fault);
  }

  @Override
  public void close() {
    late.shutdownNow();
  }

  /** For the thread that answers, but for what is sent later. */
  private final class LiveExchange implements Exchange {
    private final Request request;
    private final Wire wire;
    private final Outlet outlet;
    private boolean ended;

    /** Set before a fault sees this. */
    private Reply reply;

    LiveExchange(Request request, Wire wire, Outlet outlet) {
      this.request = request;
      this.wire = wire;
      this.outlet = outlet;
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
          outlet.write(heldBack.remove());
        }
      }
    }

    @Override
    public Request request() {
      return request;
    }

    @Override
    public Reply reply() {
      return reply;
    }

    @Override
    public byte[] encode(Reply any) {
      return wire.write(any);
    }

    @Override
    public void send(Reply any) throws IOException {
      end();
      outlet.write(wire.write(any));
    }

    @Override
    public void sendRaw(byte[] bytes) throws IOException {
      end();
      outlet.write(bytes);
    }

    @Override
    public void sendLater(Reply any, Duration delay) {
      var unused = late.schedule(() -> sendLate(any), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendLate(Reply any) {
      try {
        newest.write(wire.write(any));
      } catch (IOException e) {
        // Nobody is there any more to hear it.
      }
    }

    @Override
    public void sendBeforeNext(Reply any) {
      synchronized (heldBack) {
        heldBack.add(wire.write(any));
      }
    }

    @Override
    public void disconnect() throws IOException {
      end();
      outlet.close();
    }
  }
}
