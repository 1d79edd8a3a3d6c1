// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.delivery;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Gap;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.StreamSink;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.resume.HistoryReader;
import io.connectot.opcua.resume.NodeOffset;
import io.connectot.opcua.resume.ValueHash;
import io.connectot.opcua.resume.ValueInstant;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaResumeConfig.History;
import io.connectot.opcua.subscription.node.Heartbeats;
import io.connectot.opcua.subscription.node.MissingRange;
import io.connectot.opcua.subscription.node.NodeState;
import io.connectot.opcua.subscription.node.ReceivedValue;
import io.connectot.opcua.subscription.node.ReleasedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads missing values from the server's history, on its own thread: first the missing values of a
 * node, then the buffered values that came after them; then the node is live again. Other nodes do
 * not wait.
 */
public final class HistoryBackfill {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryBackfill.class);

  /** The most values that wait, over all nodes. With more of them, history is read further. */
  private static final int MAX_BUFFERED = 100_000;

  private static final int MAX_ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 2000;

  /** Holes that begin within this time are read together. */
  private static final long TOGETHER_TICKS = Duration.ofMinutes(10).toNanos() / 100;

  private final History history;
  private final Optional<Duration> maxGap;
  private final Duration settle;
  private final EventBatch batch;
  private final Heartbeats heartbeats;
  private final LongSupplier epochNanos;
  private final HistoryReader reader;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger bufferedValues = new AtomicInteger();

  /** Whether the server turned out to have no history at all. */
  private volatile boolean unsupported;

  /** For one session. */
  public HistoryBackfill(
      UaSession session,
      Configuration config,
      StreamSink sink,
      Heartbeats heartbeats,
      LongSupplier epochNanos) {
    this.history = config.get(OpcUaResumeConfig.HISTORY);
    this.maxGap = config.get(OpcUaResumeConfig.MAX_GAP);
    this.settle = config.get(OpcUaResumeConfig.SETTLE);
    this.batch = new EventBatch(sink);
    this.heartbeats = heartbeats;
    this.epochNanos = epochNanos;
    this.reader = new HistoryReader(session, config);
  }

  /** A node whose history is to be read, and since when it waits. */
  private record Pending(NodeState state, long sinceNanos) {}

  /** Whether values wait. */
  public boolean hasBuffered() {
    return bufferedValues.get() > 0;
  }

  /** Whether the history of a node may be read. */
  boolean canBackfill(NodeState state) {
    return history != History.OFF && !unsupported && state.node().historyReadable();
  }

  /** Queues a node, of which everything that came before was handed over. */
  void start(NodeState state) {
    queue.add(new Pending(state, System.nanoTime()));
  }

  /** How many nodes are queued. */
  int pending() {
    return queue.size();
  }

  /** A value was buffered. */
  void buffered(NodeState state) {
    if (bufferedValues.incrementAndGet() > MAX_BUFFERED) {
      state
          .dropBuffered()
          .forEach(
              value -> {
                bufferedValues.decrementAndGet();
                value.message().release();
              });
    }
  }

  /**
   * Reads history until the connection is over.
   *
   * @throws InterruptedException when the session is closed
   */
  public void run() throws InterruptedException {
    while (true) {
      List<Pending> batch = new ArrayList<>();
      batch.add(queue.take());
      queue.drainTo(batch, reader.nodesPerCall() - 1);
      settle(batch);
      for (List<NodeState> together : together(batch)) {
        fill(together);
      }
    }
  }

  private void settle(List<Pending> batch) throws InterruptedException {
    long youngest = batch.get(batch.size() - 1).sinceNanos();
    long left = settle.toNanos() - (System.nanoTime() - youngest);
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private static List<List<NodeState>> together(List<Pending> batch) {
    List<NodeState> byTime = new ArrayList<>();
    batch.forEach(waiting -> byTime.add(waiting.state()));
    byTime.sort(
        (a, b) -> Long.compare(a.missingRange().after().ticks(), b.missingRange().after().ticks()));
    List<List<NodeState>> groups = new ArrayList<>();
    long begin = 0;
    for (NodeState state : byTime) {
      long from = state.missingRange().after().ticks();
      if (groups.isEmpty() || from - begin > TOGETHER_TICKS) {
        groups.add(new ArrayList<>());
        begin = from;
      }
      groups.get(groups.size() - 1).add(state);
    }
    return groups;
  }

  private void fill(List<NodeState> states) throws InterruptedException {
    List<NodeBackfill> open = new ArrayList<>();
    for (NodeState state : states) {
      open.add(new NodeBackfill(state));
    }
    int attempts = 0;
    while (!open.isEmpty()) {
      long from = Long.MAX_VALUE;
      long to = 0;
      for (NodeBackfill nodeBackfill : open) {
        nodeBackfill.begin();
        from = Math.min(from, nodeBackfill.from);
        to = Math.max(to, nodeBackfill.missingRange.until());
      }
      try {
        reader.read(open, from, to);
        attempts = 0;
      } catch (ProtocolException e) {
        attempts++;
        long code = ServiceStatus.of(e);
        if (ServiceStatus.unsupported(code)) {
          unsupported = true;
        } else if (attempts < MAX_ATTEMPTS || history == History.REQUIRED) {
          NodeState first = open.get(0).state;
          LOG.warn(
              "Device '{}': history read of {} nodes (e.g. {}) failed; retrying: "
                  + "{}. If this persists, lower opcua.history.nodes.per.call and "
                  + "opcua.history.values.per.node, or set opcua.history.mode=off",
              first.device().name(),
              open.size(),
              first.node().stableId(),
              e.getMessage());
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          open.removeIf(NodeBackfill::finished);
          continue;
        }
        // The session may be well all the same, and other nodes must not wait for this.
        for (NodeBackfill nodeBackfill : open) {
          if (!nodeBackfill.finished()) {
            nodeBackfill.done(new StatusCode(code));
          }
        }
      }
      open.removeIf(NodeBackfill::finished);
    }
    batch.flush();
  }

  private void release(NodeState state) throws InterruptedException {
    ReleasedValue released = next(state);
    while (released != null) {
      if (released.equals(ReleasedValue.READ_AGAIN)) {
        start(state);
        return;
      }
      batch.begin(released.value().message());
      if (released.lost() != null) {
        batch.add(ValueHandler.gap(state, released.lost(), false));
      }
      batch.add(
          state.read(released.value().value(), released.value().receivedNanos(), released.offset()),
          state,
          released.offset());
      heartbeats.delivered(state, released.value().value());
      batch.end();
      released = next(state);
    }
  }

  /** Before the node is live, everything before its next value has to be handed over. */
  private ReleasedValue next(NodeState state) throws InterruptedException {
    if (!state.hasBuffered()) {
      batch.flush();
    }
    ReleasedValue released = state.release(this::dropped);
    if (released != null && released.value() != null) {
      bufferedValues.decrementAndGet();
    }
    return released;
  }

  private void dropped(ReceivedValue value) {
    bufferedValues.decrementAndGet();
    value.message().release();
  }

  /** One node while its history is read. */
  private final class NodeBackfill implements HistoryReader.Target {
    private final NodeState state;
    private MissingRange missingRange;
    private long from;
    private boolean finished;

    /** Whether the range is longer than what is read of it; null before the first read. */
    private Boolean cut;

    /** Of the first value that history had; null for none. */
    private Long firstTicks;

    NodeBackfill(NodeState state) {
      this.state = state;
    }

    void begin() {
      missingRange = state.startReading();
      from = state.last().ticks();
      long limited =
          maxGap
              .map(most -> Math.max(from, missingRange.until() - most.toNanos() / 100))
              .orElse(from);
      if (cut == null) {
        cut = limited > from;
      }
      from = limited;
    }

    boolean finished() {
      return finished;
    }

    @Override
    public NodeId node() {
      return state.node().nodeId();
    }

    @Override
    public String indexRange() {
      return state.node().tag().address().item().indexRange().orElse(null);
    }

    @Override
    public void page(DataValue[] page) throws InterruptedException {
      long received = epochNanos.getAsLong();
      for (DataValue value : page) {
        NodeOffset offset =
            state.backfill(value, ValueInstant.ticks(value, received), ValueHash.of(value));
        if (offset != null) {
          firstTicks = firstTicks == null ? offset.ticks() : firstTicks;
          batch.add(state.read(value, received, offset).asHistorical(), state, offset);
          heartbeats.delivered(state, value);
        }
      }
    }

    @Override
    public void done(StatusCode status) throws InterruptedException {
      MissingRange whole = state.endReading(status.isGood());
      if (whole == null) {
        return;
      }
      finished = true;
      if (!status.isBad()) {
        if (cut) {
          batch.add(tooLong(whole));
        }
        if (!cut) {
          batch.add(ValueHandler.gap(state, whole, true));
        } else if (firstTicks != null) {
          batch.add(filledEnd(whole));
        }
      } else {
        LOG.debug("No history of {}: {}", state, ServiceStatus.text(status));
        batch.add(
            ValueHandler.gap(
                state,
                new MissingRange(
                    whole.after(),
                    whole.until(),
                    whole.cause() + "; its history: " + ServiceStatus.text(status)),
                false));
      }
      release(state);
    }

    /** Up to the first value that history had, or to the end. */
    private Gap tooLong(MissingRange whole) {
      return new Gap(
          state.device(),
          Optional.of(state.node().tag()),
          ValueInstant.instant(whole.after().ticks()),
          ValueInstant.instant(firstTicks == null ? whole.until() : firstTicks),
          whole.cause() + "; longer than opcua.history.max.gap.ms",
          false);
    }

    private Gap filledEnd(MissingRange whole) {
      return new Gap(
          state.device(),
          Optional.of(state.node().tag()),
          ValueInstant.instant(firstTicks),
          ValueInstant.instant(whole.until()),
          whole.cause(),
          true);
    }
  }
}
