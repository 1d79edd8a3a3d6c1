// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a protocol module implements to be written to. Stateless.
 *
 * @param <W> what is written for a record
 */
public interface SinkProtocol<W> {

  /** The keys of its connectors, those of {@link SinkDriver#config} included. */
  ConfigDef definition();

  /** Validates a configuration. Does not throw; each error is on the key that causes it. */
  Config validate(Map<String, String> props);

  /**
   * Creates the driver of one task. Opens nothing.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a value is invalid or keys contradict
   *     each other
   */
  SinkDriver<W> bind(Map<String, String> props);
}
