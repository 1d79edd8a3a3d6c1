// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.host.HostEvent.Born;
import io.connectot.sparkplug.host.HostEvent.Data;
import io.connectot.sparkplug.host.HostEvent.Died;
import io.connectot.sparkplug.host.HostEvent.Missed;
import io.connectot.sparkplug.host.HostEvent.RebirthRequested;
import io.connectot.sparkplug.host.HostEvent.Returned;
import io.connectot.sparkplug.host.ReorderBuffer.Arrival;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.topic.EdgeId;
import java.util.List;
import java.util.function.Consumer;

/** One edge node with its devices: order, births, deaths. For one thread at a time. */
final class NodeSession extends DeviceSession {
  /** A time in milliseconds beyond it does not fit nanoseconds. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private final HostSettings settings;
  private final Consumer<HostEvent> events;
  private final NodeDevices devices = new NodeDevices();
  private final MessageOrder order = new MessageOrder();
  private final RebirthRequests requests = new RebirthRequests();

  /** The broker that its last message came over; null before. */
  private String server;

  private Long bdSeq;

  private long heardTick;

  /** Why messages may be missing before the next one; null for no reason. */
  private String unheard;

  NodeSession(EdgeId id, HostSettings settings, Consumer<HostEvent> events) {
    super(id);
    this.settings = settings;
    this.events = events;
  }

  String server() {
    return server;
  }

  NodePosition position() {
    return new NodePosition(bdSeq, order.last(), knownNanos == null ? 0 : knownNanos);
  }

  /** What was known before a restart. */
  void restore(Stored stored, String cause, long tick) {
    DeviceSession target = stored.id().isNode() ? this : devices.get(stored.id());
    target.birth = stored.birth();
    target.life = stored.alive() ? Life.ALIVE : Life.DEAD;
    long seen = stored.position().seenNanos();
    target.knownNanos = seen;
    if (stored.id().isNode()) {
      bdSeq = stored.position().bdSeq();
    }
    if (knownNanos == null || !order.isKnown() || seen >= knownNanos) {
      order.continueAfter(stored.position().seq());
      knownNanos = seen;
    }
    if (stored.alive()) {
      unheard = cause;
    }
    heardTick = tick;
  }

  /** Messages may be missing before the next one. */
  void unheard(String cause) {
    if ((life == Life.ALIVE || life == Life.SILENT) && unheard == null) {
      unheard = cause;
    }
    if (isAlive() && settings.rebirthAfterLoss()) {
      requests.want(cause);
    }
  }

  /** A payload of the edge node could not be read. */
  void malformed(String cause, Moment now) {
    want(RebirthTrigger.MALFORMED, cause);
    askIfDue(now);
  }

  void message(Arrival arrival, String from, Moment now) {
    server = from;
    heardTick = now.tick();
    switch (arrival.topic().type()) {
      case NBIRTH -> nodeBirth(arrival, now);
      case NDEATH -> nodeDeath(arrival, now);
      default -> sequenced(arrival, now);
    }
    askIfDue(now);
  }

  private void nodeBirth(Arrival arrival, Moment now) {
    Payload payload = arrival.payload();
    if (order.isOlderThan(payload)) {
      giveUpWaiting();
    }
    if (unheard != null) {
      missAll(arrival.receivedNanos(), unheard);
      unheard = null;
    }
    endDropped(this, arrival.receivedNanos());
    birth = Birth.of(id, payload.metrics());
    bdSeq = BdSeq.of(payload);
    life = Life.ALIVE;
    aliasesVerified = true;
    requests.answered();
    devices.awaitBirths(now.tick());
    knownNanos = arrival.receivedNanos();
    order.born(payload);
    events.accept(new Born(birth, payload, position(), arrival.receivedNanos()));
    applyInOrder();
  }

  private void nodeDeath(Arrival arrival, Moment now) {
    if (life == Life.DEAD || !endsSession(BdSeq.of(arrival.payload()))) {
      return;
    }
    giveUpWaiting();
    die(Life.DEAD, now.epochNanos(), "the edge node died (NDEATH)");
    requests.drop();
    order.continueAfter(-1);
  }

  /** A death of another session is a late one, except when the birth of a later one was missed. */
  private boolean endsSession(Long dead) {
    if (dead == null || bdSeq == null || dead.equals(bdSeq)) {
      return true;
    }
    return (unheard != null || !aliasesVerified) && BdSeq.isNewer(dead, bdSeq);
  }

  private void die(Life how, long nanos, String cause) {
    for (DeviceSession device : devices) {
      if (device.isReadable()) {
        dead(device, how, nanos, cause);
      }
    }
    dead(this, how, nanos, cause);
  }

  private void dead(DeviceSession device, Life how, long nanos, String cause) {
    device.life = how;
    device.awaitsBirth = false;
    endDropped(device, nanos);
    events.accept(new Died(device.id, device.birth, position(), nanos, cause));
  }

  private void sequenced(Arrival arrival, Moment now) {
    int seq = MessageOrder.seq(arrival.payload());
    if (life == Life.SILENT) {
      returned(arrival.receivedNanos());
    }
    if (life == Life.UNKNOWN || life == Life.DEAD) {
      apply(arrival);
      return;
    }
    if (unheard != null) {
      if (!order.isNext(seq)) {
        // What waits is from before.
        giveUpWaiting();
      }
      if (!order.isNext(seq)) {
        missed(arrival.receivedNanos(), unheard);
        order.expect(seq);
      }
      unheard = null;
    }
    boolean counted = order.isKnown() && seq >= 0;
    if (!counted) {
      apply(arrival);
      return;
    }
    switch (order.place(seq, arrival, now.tick())) {
      case NEXT -> {
        apply(arrival);
        applyInOrder();
      }
      case LATE -> process(arrival);
      case WAITS -> {
        if (settings.reorderTimeout().isZero()) {
          giveUpWaiting();
        }
      }
      case DUPLICATE -> {}
    }
  }

  private void returned(long nanos) {
    for (DeviceSession device : devices) {
      if (device.life == Life.SILENT) {
        device.life = Life.ALIVE;
        events.accept(new Returned(device.id, nanos));
      }
    }
    life = Life.ALIVE;
    events.accept(new Returned(id, nanos));
    want(RebirthTrigger.NO_BIRTH, "it was silent for too long");
  }

  private void applyInOrder() {
    for (Arrival next = order.takeNext(); next != null; next = order.takeNext()) {
      apply(next);
    }
  }

  /** Does not wait any more for what is missing before the messages that wait. */
  private void giveUpWaiting() {
    MessageOrder.Missing missing = order.giveUp();
    if (missing != null) {
      missed(missing.endNanos(), missing.cause());
      missing.waited().forEach(this::apply);
    }
  }

  /**
   * Messages of the edge node and its devices are missing since the last one. Births may be among
   * them.
   */
  private void missed(long toNanos, String cause) {
    missAll(toNanos, cause);
    doubtAliases();
    want(RebirthTrigger.GAP, cause);
  }

  private void doubtAliases() {
    aliasesVerified = false;
    devices.forEach(device -> device.aliasesVerified = false);
  }

  private void missAll(long toNanos, String cause) {
    events.accept(new Missed(id, knownNanos, toNanos, cause));
    for (DeviceSession device : devices) {
      if (device.isReadable()) {
        events.accept(new Missed(device.id, knownNanos, toNanos, cause));
      }
    }
  }

  private void apply(Arrival arrival) {
    knownNanos = arrival.receivedNanos();
    order.processed(arrival.payload());
    process(arrival);
  }

  private void process(Arrival arrival) {
    switch (arrival.topic().type()) {
      case DBIRTH -> deviceBirth(arrival);
      case DDEATH -> deviceDeath(arrival);
      case NDATA -> data(this, arrival);
      case DDATA -> data(devices.get(arrival.topic().id()), arrival);
      default -> throw new IllegalStateException("not sequenced: " + arrival.topic());
    }
  }

  private void deviceBirth(Arrival arrival) {
    DeviceSession device = devices.get(arrival.topic().id());
    if (life == Life.UNKNOWN || life == Life.DEAD) {
      want(RebirthTrigger.NO_BIRTH, "a device was born whose edge node was not");
      if (life == Life.DEAD) {
        // It lives, and its death will be that of a session whose birth was missed.
        life = Life.UNKNOWN;
        bdSeq = null;
      }
    }
    endDropped(device, arrival.receivedNanos());
    device.birth = Birth.of(device.id, arrival.payload().metrics());
    device.life = Life.ALIVE;
    device.awaitsBirth = false;
    device.aliasesVerified = true;
    device.knownNanos = arrival.receivedNanos();
    events.accept(new Born(device.birth, arrival.payload(), position(), arrival.receivedNanos()));
  }

  private void deviceDeath(Arrival arrival) {
    DeviceSession device = devices.get(arrival.topic().id());
    if (device.life != Life.DEAD) {
      Long millis = arrival.payload().timestamp();
      boolean usable = millis != null && millis >= 0 && millis <= MAX_MILLIS;
      long nanos = usable ? millis * 1_000_000 : arrival.receivedNanos();
      dead(device, Life.DEAD, nanos, "the device died (DDEATH)");
    }
  }

  private void data(DeviceSession device, Arrival arrival) {
    if (!device.isReadable()) {
      want(RebirthTrigger.NO_BIRTH, "its birth is not known");
      device.dropValues("values without a birth", heardTick);
      return;
    }
    Payload payload = arrival.payload();
    MetricDefinition[] definitions = definitions(device, payload.metrics());
    device.knownNanos = arrival.receivedNanos();
    events.accept(
        new Data(
            device.birth,
            payload,
            definitions,
            device.aliasesVerified,
            position(),
            arrival.receivedNanos()));
  }

  private MetricDefinition[] definitions(DeviceSession device, List<Metric> metrics) {
    MetricDefinition[] definitions = new MetricDefinition[metrics.size()];
    int unknown = 0;
    for (int i = 0; i < definitions.length; i++) {
      Metric metric = metrics.get(i);
      boolean contradicts = device.birth.contradicts(metric);
      definitions[i] = device.birth.find(metric);
      if (definitions[i] == null) {
        want(RebirthTrigger.UNKNOWN_ALIAS, "DATA has a metric or alias that the birth has not");
        definitions[i] = device.birth.add(metric);
        unknown += definitions[i] == null ? 1 : 0;
      }
      if (contradicts) {
        want(RebirthTrigger.UNKNOWN_ALIAS, "DATA has an alias with the name of another metric");
        doubtAliases();
      }
    }
    if (unknown > 0) {
      device.dropValues("values whose metric or alias is not in the birth", heardTick);
    }
    return definitions;
  }

  private void endDropped(DeviceSession device, long toNanos) {
    Missed missed = device.endDropped(toNanos);
    if (missed != null) {
      events.accept(missed);
    }
  }

  private void want(RebirthTrigger trigger, String cause) {
    if (settings.rebirthOn().contains(trigger)) {
      requests.want(cause);
    }
  }

  /** Does what the time brings. */
  void tick(Moment now) {
    if (order.isOverdue(now.tick(), settings.reorderTimeout().toNanos())) {
      giveUpWaiting();
    }
    long silence = settings.nodeSilence().toNanos();
    if (isAlive() && silence > 0 && now.tick() - heardTick >= silence) {
      die(
          Life.SILENT,
          now.epochNanos(),
          "no message for "
              + settings.nodeSilence().toMillis()
              + " ms (sparkplug.node.silence.ms)");
    }
    for (DeviceSession device : devices.takeUnborn(now.tick())) {
      dead(
          device,
          Life.DEAD,
          now.epochNanos(),
          "the edge node was born again and the device was not");
    }
    long interval = settings.rebirthMinInterval().toNanos();
    reportDropped(this, now, interval);
    devices.forEach(device -> reportDropped(device, now, interval));
    askIfDue(now);
  }

  private void reportDropped(DeviceSession device, Moment now, long interval) {
    Missed missed = device.droppedSoFar(now, interval);
    if (missed != null) {
      events.accept(missed);
    }
  }

  private void askIfDue(Moment now) {
    String cause = requests.due(now.tick(), settings.rebirthMinInterval().toNanos());
    if (cause != null) {
      events.accept(new RebirthRequested(id, cause));
    }
  }
}
