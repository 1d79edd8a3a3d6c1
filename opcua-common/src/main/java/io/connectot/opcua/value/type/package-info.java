// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Descriptions of the data types of a server (OPC UA Part 3 §8). */
package io.connectot.opcua.value.type;
