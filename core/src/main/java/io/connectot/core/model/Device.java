// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.util.Map;

/**
 * A configured device: what a {@code devices.<name>} line or a row of {@code devices.file} yields.
 *
 * @param name the configured name, unique in the connector
 * @param endpoint the connection the device is reached by, without credentials, e.g. {@code
 *     tcp://10.0.0.5:502}; devices with equal endpoints share one connection and one task
 * @param settings what the protocol parsed from the line
 * @param attributes static metadata that every tag of the device carries, never null
 * @param <E> the protocol's own device settings
 */
public record Device<E>(String name, String endpoint, E settings, Map<String, String> attributes) {
  public Device {
    attributes = Map.copyOf(attributes);
  }
}
