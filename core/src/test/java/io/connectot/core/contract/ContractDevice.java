// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.contract;

import java.util.List;
import java.util.Map;

/**
 * A device that a contract test plays with: a simulator in the same process, or a real server.
 *
 * <p>It has three whole numbers, {@link #TAGS}, which keep their values while it is away. All
 * methods are called on one thread at a time.
 */
public interface ContractDevice {
  /** What {@link #connectorProps} calls the device. */
  String DEVICE = "press";

  /** What {@link #connectorProps} calls its tags. */
  List<String> TAGS = List.of("speed", "count", "level");

  /**
   * The configuration of a connector to it: exactly one device, {@link #DEVICE}, with exactly the
   * {@link #TAGS}, as lines without intervals and without the options of writes, and what the
   * protocol needs to notice within a second or two that a device is silent. The test adds the
   * rest; what is given here wins.
   */
  Map<String, String> connectorProps();

  /** It answers from now on, whatever it did before. Returns once it does. */
  void start() throws Exception;

  /** It goes away: connections are cut and refused. Returns once it is gone. */
  void stop() throws Exception;

  /** A tag takes a value from 0 to 10,000 by itself. */
  void set(String tag, int value) throws Exception;

  /** The test is over: it goes away for good and leaves nothing behind. */
  void dispose() throws Exception;
}
