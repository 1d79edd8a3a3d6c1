// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Shows the records of a message without a broker. */
package io.connectot.mqtt.source.dryrun;
