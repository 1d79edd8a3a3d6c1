// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.config.ConfigLocation;
import java.util.Map;
import java.util.Optional;

/**
 * A tag as configured, whether on a line or in a row.
 *
 * @param devices the devices it is narrowed to, as written; empty for all
 * @param options common ones and the protocol's
 * @param attributes static metadata
 */
record TagDefinition(
    ConfigLocation location,
    String name,
    String address,
    Optional<String> type,
    Optional<String> devices,
    Map<String, String> options,
    Map<String, String> attributes) {}
