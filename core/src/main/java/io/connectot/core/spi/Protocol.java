// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

import io.connectot.core.spi.line.TagTable;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A protocol, as a module supplies it: what it is called, which configuration it takes, and how to
 * bind it to one connector's configuration. Stateless; one instance serves validation, the
 * connector and every task, on any thread.
 */
public interface Protocol {

  /** The name in the record's {@code protocol} field and the prefix of its own keys. */
  String name();

  /** Adds the protocol's own keys, each named {@code <name>.*}. */
  void defineConfig(ConfigDef definition);

  /**
   * The options a tag line or a column of {@code tags.file} may carry beside the common ones
   * ({@code unit interval report deadband heartbeat scale offset}). Any other option is an error,
   * any other column an attribute.
   */
  Set<String> tagOptions();

  /** How a table in {@code tags.file} is read; one for each file. */
  default TagTable tagTable() {
    return TagTable.PLAIN;
  }

  /**
   * The variables the topic template may use beside the common ones. Their values come from the tag
   * addresses or device settings.
   */
  default Set<String> topicVariables() {
    return Set.of();
  }

  /**
   * Binds the protocol to a configuration whose single keys are valid. Opens nothing.
   *
   * @throws org.apache.kafka.common.config.ConfigException when keys contradict each other, naming
   *     the guilty one
   */
  Driver<?, ?> bind(AbstractConfig config);
}
