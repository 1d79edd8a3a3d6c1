// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Subscription lines, topic filters, and finding the subscription of a topic. */
package io.connectot.mqtt.source.subscription;
