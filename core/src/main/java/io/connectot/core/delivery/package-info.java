// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Records on their way to Kafka: the bounded buffer, and what Kafka has acknowledged. */
package io.connectot.core.delivery;
