// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a driver states about itself without a connection.
 *
 * @param code the prefix of its connection strings
 * @param name the display name
 * @param defaultTransport the transport of a connection string without one
 * @param transports the supported transports
 * @param options the parameters of its connection strings
 */
public record DriverMetadata(
    String code,
    String name,
    Optional<String> defaultTransport,
    List<String> transports,
    Set<String> options) {
  public DriverMetadata {
    transports = List.copyOf(transports);
    options = Set.copyOf(options);
  }
}
