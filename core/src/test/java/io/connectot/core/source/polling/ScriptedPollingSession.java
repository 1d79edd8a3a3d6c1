// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source.polling;

import io.connectot.core.connection.ManualClock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A session that answers as the test tells it to. For the test's thread. */
final class ScriptedPollingSession implements PollingSession<String, String> {
  static final String BAD_TAG_STATUS = "2 ILLEGAL_ADDRESS";

  private final ManualClock time;
  private final Map<String, ProtocolException> failingDevices = new HashMap<>();
  private final Map<String, Map<String, String>> told = new HashMap<>();
  private final Map<String, Long> values = new HashMap<>();
  private final Set<String> badTags = new HashSet<>();
  private ProtocolException connectFailure;
  private ProtocolException connectionLoss;
  private Duration readTime = Duration.ZERO;
  private final List<String> reads = new ArrayList<>();
  private int connects;
  private int closes;

  ScriptedPollingSession(ManualClock time) {
    this.time = time;
  }

  static ProtocolException failure(Kind kind, Scope scope) {
    return new ProtocolException(kind, scope, "TIMEOUT", "no answer", null);
  }

  /** The next connects fail; null to let them succeed. */
  void failConnects(ProtocolException failure) {
    connectFailure = failure;
  }

  /** The connection is cut and cannot be made again; null to mend it. */
  void cut(ProtocolException failure) {
    connectionLoss = failure;
    connectFailure = failure;
  }

  /** Reads of one device fail; null to let them succeed. */
  void failDevice(String device, ProtocolException failure) {
    failingDevices.put(device, failure);
  }

  void set(String device, String tag, long value) {
    values.put(device + "/" + tag, value);
  }

  void breakTag(String tag) {
    badTags.add(tag);
  }

  void mendTag(String tag) {
    badTags.remove(tag);
  }

  /** The device tells these attributes from now on. */
  void tell(String device, Map<String, String> attributes) {
    told.put(device, attributes);
  }

  @Override
  public Map<String, String> attributes(Device<String> device) {
    return told.getOrDefault(device.name(), Map.of());
  }

  /** How long every read takes from now on. */
  void readsTake(Duration duration) {
    readTime = duration;
  }

  /** The devices in the order they were read, and forgets them. */
  List<String> takeReads() {
    List<String> taken = List.copyOf(reads);
    reads.clear();
    return taken;
  }

  int connects() {
    return connects;
  }

  int closes() {
    return closes;
  }

  @Override
  public void connect() throws ProtocolException {
    connects++;
    if (connectFailure != null) {
      throw connectFailure;
    }
  }

  @Override
  public List<Measurement> read(Device<String> device, List<Point<String>> points)
      throws ProtocolException {
    reads.add(device.name());
    time.advance(readTime);
    if (connectionLoss != null) {
      throw connectionLoss;
    }
    ProtocolException failure = failingDevices.get(device.name());
    if (failure != null) {
      throw failure;
    }
    List<Measurement> scan = new ArrayList<>();
    for (Point<String> point : points) {
      Tag<String> tag = point.tag();
      long now = time.epochNanos();
      if (badTags.contains(tag.name())) {
        scan.add(Measurement.bad(point, now, BAD_TAG_STATUS));
      } else {
        long value = values.getOrDefault(device.name() + "/" + tag.name(), 0L);
        scan.add(Measurement.good(point, now, new LongValue(value)));
      }
    }
    return scan;
  }

  @Override
  public String currentEndpoint() {
    return "fake://line1";
  }

  @Override
  public void close() {
    closes++;
  }
}
