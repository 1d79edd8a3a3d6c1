// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/**
 * Converters that write the same bytes as Kafka's converters with less CPU time. They work with
 * every connector.
 */
package io.connectot.converters;
