// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.Backoff;
import io.connectot.core.connection.Clock;
import io.connectot.core.connection.OutageCauses;
import io.connectot.core.delivery.RecordBatch;
import io.connectot.core.delivery.RecordPipeline;
import io.connectot.core.delivery.TrackedRecord;
import io.connectot.core.filter.ReportFilter;
import io.connectot.core.mapping.DeviceMapper;
import io.connectot.core.model.Device;
import io.connectot.core.model.DeviceState;
import io.connectot.core.model.DeviceStatus;
import io.connectot.core.model.Gap;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.SourceOffset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans one device when its tags are due, and turns what comes of it into records: values, changes
 * of the device's state, gaps.
 *
 * <p>For one thread at a time with a happens-before edge between calls, except {@link #state}.
 */
final class DevicePoller<E, A> {
  private static final Logger LOG = LoggerFactory.getLogger(DevicePoller.class);

  /** A status and a gap may come with a scan. */
  private static final int EVENTS_PER_SCAN = 2;

  /** How long a scan waits for room in the buffer, also if the next one is due before. */
  private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final String BUFFER_FULL =
      "the buffer was full: Kafka did not take records fast enough, or the connector was paused";

  private final Device<E> device;
  private final List<ScanGroup<A>> groups;
  private final List<Point<A>> points;
  private final boolean badOnDisconnect;
  private DeviceMapper mapper;
  private final RecordPipeline pipeline;
  private final Backoff probes;
  private final DeviceHealth health;
  private final GapTracker gaps;
  private final ReportFilter filter = new ReportFilter();
  private final Map<String, String> sourcePartition;

  /** Null until the first answered scan of a device that the worker has no offset for. */
  private Map<String, Long> sourceOffset;

  private final OutageCauses causes = new OutageCauses();

  /** When the state was entered, epoch nanoseconds. */
  private long stateSince;

  /** What the device told about itself. */
  private Map<String, String> toldAttributes = Map.of();

  /** Whether the last scan failed: then the device is probed instead of scanned. */
  private boolean failing;

  /** By the ticker; when a failing device is probed next. */
  private long probeTick;

  /** Published for metrics. */
  private volatile DeviceState state;

  DevicePoller(
      Device<E> device,
      List<ScanGroup<A>> groups,
      boolean badOnDisconnect,
      RecordPipeline pipeline,
      Backoff probes,
      DeviceHealth health,
      Optional<Long> lastKnownNanos) {
    this.device = device;
    this.groups = groups;
    this.points = groups.stream().flatMap(group -> group.points().stream()).toList();
    this.badOnDisconnect = badOnDisconnect;
    this.mapper = pipeline.mapper().forDevice(device);
    this.pipeline = pipeline;
    this.probes = probes;
    this.health = health;
    this.gaps = new GapTracker(device, fastest(groups), lastKnownNanos);
    this.sourcePartition = SourceOffset.partition(device.name());
    this.sourceOffset = lastKnownNanos.map(SourceOffset::offset).orElse(null);
  }

  /** The state; null until the first scan. May be called on any thread. */
  DeviceState state() {
    return state;
  }

  /** Whether its last scan failed. */
  boolean isFailing() {
    return failing;
  }

  /** When it wants to be scanned next, by the ticker. */
  long nextTick() {
    if (failing) {
      return probeTick;
    }
    long next = groups.get(0).dueTick();
    for (ScanGroup<A> group : groups) {
      next = group.dueTick() - next < 0 ? group.dueTick() : next;
    }
    return next;
  }

  /** Makes everything due at once: there is a new connection, or the device answers again. */
  void dueNow() {
    failing = false;
    long tick = pipeline.clock().tick();
    groups.forEach(group -> group.dueAt(tick));
  }

  /**
   * Scans what is due.
   *
   * @throws ProtocolException of scope connection or kind fatal, which are not the device's own
   * @throws InterruptedException when the task stops
   */
  void scanDue(PollingSession<E, A> session) throws ProtocolException, InterruptedException {
    long tick = pipeline.clock().tick();
    if (failing) {
      if (probeTick - tick > 0) {
        return;
      }
      groups.forEach(group -> group.dueAt(tick));
    }
    for (ScanGroup<A> group : groups) {
      if (group.isDue(tick)) {
        try {
          scan(group, session);
        } catch (ProtocolException e) {
          if (e.scope() == Scope.CONNECTION || e.kind() == ProtocolException.Kind.FATAL) {
            throw e;
          }
          failing = true;
          probeTick =
              pipeline.clock().tick()
                  + (e.kind() == ProtocolException.Kind.CONFIGURATION
                      ? probes.longestNanos()
                      : probes.nextNanos());
          failed(e, health.scanFailed(), session.currentEndpoint());
          return;
        }
      }
    }
  }

  /** The connection to its endpoint is lost or could not be made. */
  void connectionFailed(ProtocolException cause, String endpoint) {
    failed(cause, health.connectionLost(), endpoint);
  }

  private void scan(ScanGroup<A> group, PollingSession<E, A> session)
      throws ProtocolException, InterruptedException {
    boolean probing = failing;
    long missed = group.advance(pipeline.clock());
    if (missed > 0 && !probing) {
      pipeline.metrics().scanOverrun(missed);
    }
    int claimed = group.points().size() + EVENTS_PER_SCAN;
    long claimedBytes = group.expectedBytes();
    // Many devices are due at the same instant, and their records together may be more than
    // the buffer holds although Kafka keeps up: a scan may come late, as long as it is not the
    // next. With a short interval it comes later: to give up and to try again costs more than to
    // wait.
    long wait = Math.max(SHORTEST_WAIT_NANOS, group.dueTick() - pipeline.clock().tick());
    if (!pipeline.buffer().tryClaim(claimed, claimedBytes, Duration.ofNanos(wait))) {
      gaps.outage(BUFFER_FULL);
      pipeline.metrics().scanOverrun(1);
      probeTick = group.dueTick();
      return;
    }
    long started = pipeline.clock().tick();
    if (group.isDue(started)) {
      gaps.delayed(BUFFER_FULL);
    }
    boolean put = false;
    try {
      List<Measurement> scan = session.read(device, group.points());
      if (probing) {
        dueNow();
        group.advance(pipeline.clock());
        probes.reset();
      }
      session.delay().ifPresent(gaps::delayed);
      useAttributes(session.attributes(device));
      Map<String, Long> offsetBefore = sourceOffset;
      RecordBatch batch = answered(scan, missed, session.currentEndpoint());
      group.expectBytes(batch.bytes());
      List<TrackedRecord> records = batch.untracked(sourcePartition, offsetBefore, sourceOffset);
      pipeline.put(records, claimed, claimedBytes);
      put = true;
    } finally {
      if (!put) {
        pipeline.buffer().put(List.of(), claimed, claimedBytes);
      }
      pipeline.metrics().scanDone(Duration.ofNanos(pipeline.clock().tick() - started));
    }
  }

  /** Gives the records of the device the attributes that it told. */
  private void useAttributes(Map<String, String> told) {
    if (told == toldAttributes) {
      return;
    }
    toldAttributes = told;
    Map<String, String> all = new HashMap<>(told);
    all.putAll(device.attributes());
    mapper =
        pipeline
            .mapper()
            .forDevice(new Device<>(device.name(), device.endpoint(), device.settings(), all));
  }

  private RecordBatch answered(List<Measurement> scan, long missed, String endpoint) {
    pipeline.count(scan);
    long now = newestNanos(scan);
    RecordBatch batch = new RecordBatch();
    if (health.scanAnswered()) {
      causes.over();
      enter(now, "", endpoint, batch);
    }
    Optional<Gap> gap = gaps.scanned(oldestNanos(scan), now, missed);
    if (gap.isPresent()) {
      filter.reset();
      LOG.info(
          "No values of device {} from {} to {}, which is {} scans: {}",
          gap.get().device().name(),
          gap.get().from() == null ? "an unknown time" : gap.get().from(),
          gap.get().to(),
          gap.get().missedScans().orElse(0),
          gap.get().cause());
      pipeline.map(gap.get(), batch);
    }
    sourceOffset = SourceOffset.offset(now);
    List<Measurement> reported = filter.report(scan, pipeline.clock().tick());
    if (!reported.isEmpty()) {
      mapper.map(scan, reported, batch);
    }
    return batch;
  }

  private void failed(ProtocolException cause, boolean stateChanged, String endpoint) {
    gaps.outage(cause.getMessage());
    long now = pipeline.clock().epochNanos();
    RecordBatch batch = new RecordBatch();
    boolean temporary = cause.kind() == ProtocolException.Kind.TRANSIENT;
    boolean newCause = causes.isNew(cause.status(), temporary, pipeline.clock().tick());
    if (stateChanged || newCause) {
      enter(now, cause.getMessage(), endpoint, batch);
    }
    if (badOnDisconnect) {
      List<Measurement> bad = filter.allBad(points, now, cause.status(), pipeline.clock().tick());
      if (!bad.isEmpty()) {
        pipeline.count(bad);
        mapper.map(bad, bad, batch);
      }
    }
    if (batch.size() > 0) {
      pipeline.defer(batch.untracked(sourcePartition, sourceOffset, sourceOffset));
    }
  }

  private void enter(long now, String cause, String endpoint, RecordBatch batch) {
    // Another cause is not another state.
    stateSince = state == health.state() ? stateSince : now;
    state = health.state();
    switch (state) {
      case ONLINE -> LOG.info("Device {} at {} is ONLINE", device.name(), endpoint);
      case DEGRADED, OFFLINE ->
          LOG.warn("Device {} at {} is {}: {}", device.name(), endpoint, state, cause);
    }
    pipeline.map(
        new DeviceStatus(device, state, Clock.instant(stateSince), cause, endpoint), batch);
  }

  /** A scan may take several requests, and its tags need not be in their order. */
  private static long newestNanos(List<Measurement> scan) {
    long newest = Long.MIN_VALUE;
    for (Measurement measurement : scan) {
      newest = Math.max(newest, measurement.receivedNanos());
    }
    return newest;
  }

  private static long oldestNanos(List<Measurement> scan) {
    long oldest = Long.MAX_VALUE;
    for (Measurement measurement : scan) {
      oldest = Math.min(oldest, measurement.receivedNanos());
    }
    return oldest;
  }

  private static long fastest(List<? extends ScanGroup<?>> groups) {
    long fastest = Long.MAX_VALUE;
    for (ScanGroup<?> group : groups) {
      fastest = Math.min(fastest, group.intervalNanos());
    }
    return fastest;
  }
}
