// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Adapter to Apache PLC4X, whose interface changes; only this package and those in it import it.
 */
package io.connectot.plc4x.adapter;
