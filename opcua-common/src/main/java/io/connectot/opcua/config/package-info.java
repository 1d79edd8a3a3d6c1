// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Configuration keys, device lines and tag lines. */
package io.connectot.opcua.config;
