// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Modbus frames: MBAP, RTU and ASCII framing, requests and exception responses. */
package io.connectot.modbus.transport.frame;
