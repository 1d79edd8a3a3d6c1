// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** What the connector subscribes to: lines, filters, and which filter a topic matches. */
package io.connectot.mqtt.source.subscription;
