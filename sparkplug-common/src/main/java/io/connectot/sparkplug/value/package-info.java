// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Metrics as values, qualities and attributes of records. */
package io.connectot.sparkplug.value;
