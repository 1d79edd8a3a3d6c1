// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What to look for in devices.
 *
 * @param query in the driver's syntax; empty for nothing
 * @param subscription when what is found is delivered
 * @param interval of cyclic subscriptions
 */
public record BrowseSettings(
    Optional<String> query, SubscriptionKind subscription, Duration interval) {}
