// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The configuration: keys, connection strings, device and tag lines. */
package io.connectot.plc4x.config;
