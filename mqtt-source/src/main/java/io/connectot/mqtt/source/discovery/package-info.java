// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Looks at the topics of a broker before there are subscriptions. */
package io.connectot.mqtt.source.discovery;
