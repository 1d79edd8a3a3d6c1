// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.model;

import java.time.Instant;

/**
 * A device changed its state.
 *
 * @param since when it entered the state
 * @param cause why, in words for an operator; empty for ONLINE
 * @param endpoint the connection it is reached by at this moment, without credentials
 */
public record DeviceStatus(
    Device<?> device, DeviceState state, Instant since, String cause, String endpoint)
    implements SourceEvent {}
