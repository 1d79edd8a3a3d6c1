// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a driver says about itself without a connection.
 *
 * @param code as connection strings begin with it
 * @param name for people
 * @param defaultTransport the transport of a connection string that names none
 * @param transports those it supports
 * @param options the parameters of its connection strings
 */
public record DriverFacts(
    String code,
    String name,
    Optional<String> defaultTransport,
    List<String> transports,
    Set<String> options) {
  public DriverFacts {
    transports = List.copyOf(transports);
    options = Set.copyOf(options);
  }
}
