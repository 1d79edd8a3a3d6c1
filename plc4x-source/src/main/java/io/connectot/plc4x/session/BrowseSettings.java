// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.DriverConnection.SubscriptionKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What to browse for in devices.
 *
 * @param query in the driver's syntax; empty for nothing
 * @param subscription when the tags found are delivered
 * @param interval the interval of cyclic subscriptions
 */
public record BrowseSettings(
    Optional<String> query, SubscriptionKind subscription, Duration interval) {}
