// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

/** Everything that connections to servers are made by. */
public record ClientSettings(
    SessionSettings connection, SecuritySettings security, IdentitySettings identity) {}
