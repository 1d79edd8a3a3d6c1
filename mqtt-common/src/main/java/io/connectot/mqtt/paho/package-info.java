// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The transport implementation on Eclipse Paho. The only package that uses Paho. */
package io.connectot.mqtt.paho;
