// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress;
import java.util.Optional;

/**
 * A tag line.
 *
 * @param node which node it is
 * @param declared the type the line declares; empty for the server's own
 * @param item how it is monitored
 */
public record OpcUaTag(NodeAddress node, Optional<ValueType> declared, ItemSettings item) {}
