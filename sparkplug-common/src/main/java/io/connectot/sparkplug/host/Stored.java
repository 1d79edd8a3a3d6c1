// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.host;

import io.connectot.sparkplug.topic.EdgeId;

/**
 * What is known of an edge node or device from before a restart.
 *
 * @param birth its metrics; null when they are not known
 * @param position of its edge node
 * @param alive whether it was alive
 */
public record Stored(EdgeId id, Birth birth, NodePosition position, boolean alive) {}
