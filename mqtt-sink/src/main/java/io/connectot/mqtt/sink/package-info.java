// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** From records to publications. */
package io.connectot.mqtt.sink;
