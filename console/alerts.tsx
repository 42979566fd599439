import { Tag } from 'antd';
import { useCallback } from 'react';
import { isCounty } from '../shared/area.ts';
import { allNotices } from './alert-sources.ts';
import { useAnswer, useDesk } from './desk-context.ts';
import { Loadable } from './parts.tsx';
import { hashOf } from './place.ts';

/** 提醒: what waits for somebody, what to do about it, and the way there. */
export const Alerts = () => {
  const { call, session } = useDesk();
  const { area } = session.officer;
  const gather = useCallback((of: typeof area) => allNotices(call, isCounty(of)), [call]);
  return (
    <Loadable reading={useAnswer(area, gather)}>
      {(notices) =>
        notices.length === 0 ? (
          <p>没有需要处理的事项。</p>
        ) : (
          <ul className="alerts">
            {notices.map(({ level, what, todo, place }) => (
              <li key={what}>
                <Tag color={level === 'late' ? 'red' : 'gold'}>
                  {level === 'late' ? '请尽快处理' : '待办'}
                </Tag>
                <b>{what}</b> <span className="muted">{todo}</span>{' '}
                {place ? <a href={hashOf(place)}>前往办理</a> : null}
              </li>
            ))}
          </ul>
        )
      }
    </Loadable>
  );
};
