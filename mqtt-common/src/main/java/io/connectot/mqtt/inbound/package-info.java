// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Inbound messages: parsing PUBLISH, and the acknowledgements sent back to the broker. */
package io.connectot.mqtt.inbound;
