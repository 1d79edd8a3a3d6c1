// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Adapter to Apache PLC4X, the only package that imports it: its interface changes. */
package io.connectot.plc4x.adapter;
