// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The implementation of the adapter by the drivers of Apache PLC4X. */
package io.connectot.plc4x.adapter.driver;
