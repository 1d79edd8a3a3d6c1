// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What a connector's configuration says about Modbus, as immutable values. */
package io.connectot.modbus.config;
