// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract.tally;

import io.connectot.core.contract.WritingDeviceHarness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tally for the contract test of the sink. Its counters are numbered as the tags. */
final class TallyWritingHarness implements WritingDeviceHarness {
  private final TallyDevice device = new TallyDevice(false);

  @Override
  public Map<String, String> connectorProps() {
    Map<String, String> props = new HashMap<>();
    props.put("devices." + DEVICE, "tally://" + device.host());
    for (String tag : TAGS) {
      props.put("tags." + tag, Integer.toString(counter(tag)));
    }
    props.put("tally.timeout.ms", "200");
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
  public void cutNextWrite() {
    device.cutNextWrite();
  }

  @Override
  public void refuse(String tag) {
    device.lock(counter(tag));
  }

  @Override
  public void set(String tag, int value) {
    device.set(counter(tag), value);
  }

  @Override
  public long value(String tag) {
    return device.count(counter(tag)).orElseThrow();
  }

  @Override
  public List<Long> written(String tag) {
    return device.written(counter(tag));
  }

  @Override
  public void dispose() {
    device.remove();
  }
}
