// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Maps messages to events. */
package io.connectot.mqtt.source.mapping;
