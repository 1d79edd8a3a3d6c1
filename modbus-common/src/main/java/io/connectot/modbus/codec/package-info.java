// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Codecs of tags: they decode the data of responses to values, and encode values for writes. */
package io.connectot.modbus.codec;
