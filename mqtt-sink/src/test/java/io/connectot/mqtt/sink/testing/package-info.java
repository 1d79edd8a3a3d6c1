// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** What a sink task is tested with. */
package io.connectot.mqtt.sink.testing;
