// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** OPC UA values, status codes and times as those of the record. */
package io.connectot.opcua.value;
