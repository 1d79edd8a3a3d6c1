// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * The records that one message became, on their way to Kafka. Sessions get it by {@link
 * Ack#accepted} and keep it only to recognise a redelivery.
 */
public interface Delivery {}
