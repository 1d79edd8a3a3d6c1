// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.StreamingDeviceHarness;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A tally for the contract tests of the source. Its counters are numbered as the tags. */
final class TallyHarness implements StreamingDeviceHarness {
  private final String mode;
  private final TallyDevice device;

  /**
   * @param mode how it is configured to be read: {@code polled}, {@code streamed} or {@code
   *     redelivered}
   */
  TallyHarness(String mode) {
    this.mode = mode;
    this.device = new TallyDevice(!mode.equals("polled"));
  }

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("devices." + DEVICE, "tally://" + device.host());
    for (String tag : TAGS) {
      props.put("tags." + tag, Integer.toString(counter(tag)));
    }
    props.put("tally.timeout.ms", "200");
    props.put("tally.mode", mode);
    return props;
  }

  private static int counter(String tag) {
    return TAGS.indexOf(tag);
  }

  @Override
  public void start() {
    device.start();
  }

  @Override
  public void stop() {
    device.stop();
  }

  @Override
  public void hang() {
    device.hang();
  }

  @Override
  public void set(String tag, int value) {
    device.set(counter(tag), value);
  }

  @Override
  public void breakTag(String tag) {
    device.breakCounter(counter(tag));
  }

  @Override
  public void mendTag(String tag) {
    device.mend(counter(tag));
  }

  @Override
  public OptionalInt connections() {
    return OptionalInt.of(device.connections());
  }

  @Override
  public OptionalInt mostConcurrentRequests() {
    return OptionalInt.of(device.mostConcurrentRequests());
  }

  @Override
  public int unacknowledged() {
    return device.unacknowledged();
  }

  @Override
  public void dispose() {
    device.remove();
  }
}
