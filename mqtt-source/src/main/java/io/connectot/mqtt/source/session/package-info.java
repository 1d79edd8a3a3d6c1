// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The MQTT session of a task: what it holds, acknowledges, and leaves to other tasks. */
package io.connectot.mqtt.source.session;
