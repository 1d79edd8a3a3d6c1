// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * The programs of the edge distribution: a single-node Kafka, a worker for the connectors, and the
 * uplink, which replicates topics to a central cluster and keeps the disk from filling up.
 */
package io.connectot.edge;
