// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** From a message to records. */
package io.connectot.mqtt.source.mapping;
