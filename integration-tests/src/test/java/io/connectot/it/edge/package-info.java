// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The edge distribution, started from its archive, against a central Kafka in its own process. */
package io.connectot.it.edge;
