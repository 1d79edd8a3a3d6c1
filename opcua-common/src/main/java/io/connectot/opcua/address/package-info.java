// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** How nodes are named in configurations and offsets: without knowing a server. */
package io.connectot.opcua.address;
